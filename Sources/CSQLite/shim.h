#pragma once

#if __has_include(<sqlite3.h>)
#include <sqlite3.h>
#else
#error "Wrapup needs the system's SQLite headers: run 'sudo apt-get install -y libsqlite3-dev' and build again."
#endif
