internal import CPerfEvents
internal import Glibc

/// Instructions that this process and its threads have carried out, where the machine counts them: unlike times, they
/// hardly depend on who else uses it.
struct InstructionCounter {
  private let descriptor: Int32

  /// `nil` where there is no counter, as on most virtual machines.
  init?() {
    descriptor = wrapup_open_instruction_counter()
    guard descriptor >= 0 else { return nil }
  }

  /// The count so far, ended threads included.
  func read() -> UInt64 {
    var count: UInt64 = 0
    let length = unsafe Glibc.read(descriptor, &count, MemoryLayout<UInt64>.size)
    return length == MemoryLayout<UInt64>.size ? count : 0
  }
}
