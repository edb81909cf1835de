/// What a shell has to be told so that Tab completes `wrapup` in it. Each script hands the words over to `wrapup complete`
/// and shows what comes back.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  /// What `wrapup complete` prints in place of words where files are wanted.
  static let filesMark = "\tfiles"

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  private static let bashText = #"""
    # bash completion for wrapup. For every new shell, in ~/.bashrc:
    #   eval "$(wrapup completion bash)"
    _wrapup() {
      local cur=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} word
      COMPREPLY=()
      while IFS= read -r word; do
        if [[ $word == $'\tfiles' ]]; then
          compopt -o filenames 2>/dev/null
          while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "${cur#[\"\']}")
          return
        fi
        word=${word%%$'\t'*}
        # What a shell would read as more than a word is quoted: by readline behind a quote that was begun, else here, for
        # readline leaves $ and ` to be evaluated.
        if [[ $word == *[![:alnum:]=@,._/:+-]* ]]; then
          if [[ $cur == [\"\']* ]]; then compopt -o filenames 2>/dev/null; else printf -v word %q "$word"; fi
        fi
        COMPREPLY+=("$word")
      done < <(command "$1" complete "$1${line#*"$1"}" "$cur" 2>/dev/null)
    }
    complete -F _wrapup wrapup

    """#

  private static let zshText = #"""
    #compdef wrapup
    # zsh completion for wrapup. For every new shell, in ~/.zshrc behind compinit:
    #   eval "$(wrapup completion zsh)"
    # or saved as _wrapup in a folder of $fpath.
    _wrapup() {
      local line
      local -a found
      while IFS= read -r line; do
        if [[ $line == $'\tfiles' ]]; then
          _files
          return
        fi
        local word=${line%%$'\t'*} summary=${line#*$'\t'}
        word=${word//\\/\\\\}
        found+=("${word//:/\\:}${summary:+:$summary}")
      done < <(command ${~words[1]} complete "${(j: :)words[1,CURRENT]}" 2>/dev/null)
      (( $#found )) && _describe -V wrapup found
    }
    if [[ $funcstack[1] == _wrapup ]]; then _wrapup "$@"; else compdef _wrapup wrapup; fi

    """#

  private static let fishText = #"""
    # fish completion for wrapup. For every new shell:
    #   wrapup completion fish > ~/.config/fish/completions/wrapup.fish
    function __wrapup_complete
        set -l asked (commandline -opc)
        set -l found (command $asked[1] complete (commandline -cp | string collect) 2>/dev/null)
        if test "$found" = \tfiles
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' $found
        end
    end
    complete -c wrapup -f -a '(__wrapup_complete)'

    """#
}
