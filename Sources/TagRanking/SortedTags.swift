/// Lists of tags in ascending order, each once.
extension [Int32] {
  /// Where a tag stands, or would. O(log tags).
  func place(ofSorted tag: Int32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < tag { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a tag is among them. O(log tags).
  func contains(sorted tag: Int32) -> Bool {
    let place = place(ofSorted: tag)
    return place < count && self[place] == tag
  }

  /// Adds a tag unless it is there. O(tags).
  mutating func insert(sorted tag: Int32) {
    let place = place(ofSorted: tag)
    if place == count || self[place] != tag { insert(tag, at: place) }
  }

  /// The tags of both lists. O(tags of both).
  func merged(withSorted other: [Int32]) -> [Int32] {
    var merged: [Int32] = []
    merged.reserveCapacity(count + other.count)
    var (here, there) = (0, 0)
    while here < count, there < other.count {
      let (one, another) = (self[here], other[there])
      merged.append(Swift.min(one, another))
      if one <= another { here += 1 }
      if another <= one { there += 1 }
    }
    return merged + self[here...] + other[there...]
  }
}
