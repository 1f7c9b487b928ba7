package dev.corsage.store.documents;

/** Text from elsewhere, on its way to a person. */
final class Text {
  private Text() {}

  /**
   * Returns the text with a question mark for what is not printable ASCII, cut where it is long.
   */
  static String printable(String text, int maxLength) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= maxLength ? printable : printable.substring(0, maxLength) + "...";
  }
}
