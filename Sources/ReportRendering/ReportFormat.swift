public import HandlingAnalytics

/// The forms a report can be given in.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// Aligned columns for people.
  case table
  /// RFC 4180, full precision, seconds.
  case csv
  /// One object, full precision, seconds.
  case json
}

extension HandlingReport {
  /// The report as text that ends with a newline.
  ///
  /// - Parameters:
  ///   - showsTotal: whether the total row comes first.
  ///   - isStyled: whether a terminal's escape sequences may mark the header and the total; tables only.
  public func rendered(as format: ReportFormat, showsTotal: Bool = true, isStyled: Bool = false) -> String {
    switch format {
    case .table: TableRendering(report: self, showsTotal: showsTotal, isStyled: isStyled).text
    case .csv: csv(showsTotal: showsTotal)
    case .json: json(showsTotal: showsTotal)
    }
  }
}
