extension StoreSchema {
  /// From version 6 to 7: no table changes; the change log may have changes of the kind ``ChangeLog/Kind/forgotten``.
  ///
  /// A program that does not know the kind would take it for one of names, learn the conversations twice and keep what
  /// was to be forgotten in its model.
  static let forgottenWords = ""
}
