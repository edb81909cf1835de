extension Command {
  static let demo = Command(
    name: "demo", summary: "a made-up shop of 50,000 conversations, and what the commands show on it",
    operands: "[FOLDER]", operandCount: 0...1, operandValues: [.files],
    options: [
      Option(name: "--seed", value: "NUMBER", summary: "another year of the shop (default 1)")
    ],
    examples: [("wrapup demo", "makes wrapup-demo here: an export, a mapping and a store to play with")],
    notes: [
      """
      The same seed makes the same shop. Its export has what real ones have: bots, transfers, reopened and overlapping
      contacts, missing and doubtful handling times, a repeated and a skipped hour, rows that can't be taken.
      Remove the folder when you are done with it.
      """
    ],
    run: { arguments in
      var seed: UInt64 = 1
      if let text = arguments["--seed"] {
        guard let number = UInt64(text) else {
          throw arguments.error("--seed is a whole number from 0, not \"\(text)\"")
        }
        seed = number
      }
      if arguments.operands.first?.hasPrefix("-") == true {
        throw arguments.error("a folder whose name begins with - is written ./\(arguments.operands[0])")
      }
      try DemoTour(folder: arguments.operands.first ?? "wrapup-demo", seed: seed).show()
    })
}
