#!/usr/bin/env python3
"""Presses Tab in real shells.

usage: completions.py WRAPUP

Each shell is run on a terminal of its own with the script that `wrapup completion` prints. A line is typed, Tab is
pressed, and the line is then turned into a printf of its words: what the shell takes them for is compared with what
they should have become. Shells that are not installed are named and left out; CI installs all of them.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

CASES = [
    ("wrapup sta", ["wrapup", "stats"]),
    ("wrapup tag me", ["wrapup", "tag", "merge"]),
    ("wrapup help rec", ["wrapup", "help", "recommend"]),
    ("wrapup stats --meas", ["wrapup", "stats", "--measures"]),
    ("wrapup stats --by tag,mon", ["wrapup", "stats", "--by", "tag,month"]),
    ("wrapup stats --tag Lost", ["wrapup", "stats", "--tag", "Lost parcel"]),
    ('wrapup stats --tag "Lost', ["wrapup", "stats", "--tag", "Lost parcel"]),
    ("wrapup stats --category=Deli", ["wrapup", "stats", "--category=Delivery"]),
    ("wrapup stats --zone Europe/Pari", ["wrapup", "stats", "--zone", "Europe/Paris"]),
    ("wrapup stats @wee", ["wrapup", "stats", "@weekly"]),
    ("wrapup import sampl", ["wrapup", "import", "sample.csv"]),
    ("wrapup import my", ["wrapup", "import", "my file.csv"]),
    ("wrapup category map Deliv", ["wrapup", "category", "map", "Delivery"]),
    ("wrapup category map Delivery Exch", ["wrapup", "category", "map", "Delivery", "Exchange"]),
    ("wrapup recommend --chosen Exch", ["wrapup", "recommend", "--chosen", "Exchange"]),
    ("wrapup stats --per conv", ["wrapup", "stats", "--per", "conversation"]),
    ("wrapup completion fi", ["wrapup", "completion", "fish"]),
]

HOSTILE = ["evil`touch PWNED`", "cost$HOME", "sub$(touch PWNED)", "back\\slash", "it's", 'say "x"']
CASES += [(f"wrapup stats --tag {name[:3]}", ["wrapup", "stats", "--tag", name]) for name in HOSTILE[:4]]
CASES += [
    ("wrapup stats --tag it", ["wrapup", "stats", "--tag", "it's"]),
    ("wrapup stats --tag say", ["wrapup", "stats", "--tag", 'say "x"']),
    ("wrapup stats --tag='evi", ["wrapup", "stats", "--tag=evil`touch PWNED`"]),
]

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SETUP = {
    "bash": 'PS1="ready$((1+1))> "; bind "set bell-style none"; eval "$(wrapup completion bash)"',
    "zsh": "PS1='ready'$((1+1))'> '; bindkey -e; autoload -Uz compinit; compinit -D; "
    'eval "$(wrapup completion zsh)"',
    "fish": "function fish_prompt; echo -n ready(math 1 + 1)'> '; end; wrapup completion fish | source",
}
PROMPT = "ready2> "


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, shell, folder, path):
        environment = {
            "PATH": f"{path}:{os.environ['PATH']}", "HOME": folder, "TERM": "xterm", "LANG": "C.UTF-8",
            "WRAPUP_CONFIG": f"{folder}/config", "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder,
            "fish_greeting": "",
        }
        self.child, self.screen = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execvpe(SHELLS[shell][0], SHELLS[shell], environment)
        import fcntl, struct, termios
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.read(quiet=0.5)
        self.send(SETUP[shell] + "\r")
        self.read(until=PROMPT)

    def send(self, text):
        os.write(self.screen, text.encode())

    def read(self, until=None, quiet=0.4, limit=20):
        """What comes until a text has come and nothing follows for a while."""
        text, end = "", time.time() + limit
        while time.time() < end:
            ready, _, _ = select.select([self.screen], [], [], quiet)
            if not ready:
                if until is None or until in text:
                    return text
                continue
            try:
                piece = os.read(self.screen, 65536).decode(errors="replace")
            except OSError:
                return text
            text += piece
            # Some shells ask the terminal what it is, and wait.
            if "\x1b[c" in piece or "\x1b[0c" in piece:
                self.send("\x1b[?62c")
            if "\x1b[6n" in piece:
                self.send("\x1b[1;1R")
        raise SystemExit(f"the shell went quiet: {text[-2000:]!r}")

    def completed(self, line):
        """The words that a line has become after Tab."""
        self.send(f"{line}\t\x01printf '<<%s>>\\n' \x05\r")
        shown = self.read(until=">>", quiet=0.3)
        # Whatever is left on the line goes.
        self.send("\x03")
        self.read(quiet=0.1)
        plain = re.sub(r"\x1b\[[0-9;?>=]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[>=]|\x1b\][^\x07]*(\x07|\x1b\\)", "", shown)
        return [match for match in re.findall(r"^<<(.*)>>$", plain.replace("\r", "\n"), re.M) if match != "%s"]

    def close(self):
        os.close(self.screen)
        try:
            os.kill(self.child, 9)
        except ProcessLookupError:
            pass
        os.waitpid(self.child, 0)


def main():
    wrapup = os.path.abspath(sys.argv[1])
    fixtures = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Fixtures")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("sample.csv", "sample.mapping.csv"):
            shutil.copy(os.path.join(fixtures, name), folder)
        shutil.copy(os.path.join(fixtures, "sample.csv"), f"{folder}/my file.csv")
        os.remove(f"{folder}/sample.mapping.csv")
        with open(f"{folder}/config", "w") as config:
            config.write("[queries]\nweekly = --by tag\n")
        mapping = os.path.join(fixtures, "sample.mapping.csv")
        subprocess.run(
            [wrapup, "import", "sample.csv", "--mapping", mapping], cwd=folder, check=True,
            stdout=subprocess.DEVNULL, env={**os.environ, "WRAPUP_CONFIG": ""})
        # Names that a shell must not take for its own words.
        subprocess.run(
            [wrapup, "tag", "add", *HOSTILE], cwd=folder, check=True, stdout=subprocess.DEVNULL,
            env={**os.environ, "WRAPUP_CONFIG": ""})
        asked = 0
        for shell in SHELLS:
            if not shutil.which(shell):
                print(f"{shell} is not installed: left out")
                wrong += bool(os.environ.get("CI_REQUIRES_SHELLS"))
                continue
            terminal = Terminal(shell, folder, os.path.dirname(wrapup))
            for line, expected in CASES:
                found = terminal.completed(line)
                asked += 1
                if found != expected:
                    wrong += 1
                    print(f"{shell}: {line!r} became {found}, not {expected}")
            terminal.close()
            if os.path.exists(f"{folder}/PWNED"):
                wrong += 1
                print(f"{shell}: a tag's name was run as a command")
    print(f"{asked} lines completed, {wrong} wrong")
    return 1 if wrong or asked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
