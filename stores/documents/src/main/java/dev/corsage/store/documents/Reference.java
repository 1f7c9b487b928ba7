package dev.corsage.store.documents;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * A reference such as {@code s3://bucket/key?region=eu-west-1}, taken apart.
 *
 * @param text the whole reference, as it may be shown
 * @param scheme what is before the colon
 * @param name what is between the colon and the options
 * @param region the option, or null
 * @param endpoint the option, or null
 */
record Reference(String text, String scheme, String name, String region, URI endpoint) {

  /**
   * Takes a reference apart. Its name is left to the store of its scheme to judge.
   *
   * @throws IllegalArgumentException if its options mean nothing
   */
  static Reference parse(String reference) {
    String whole = reference.strip();
    int colon = Math.max(whole.indexOf(':'), 0);
    int end = whole.indexOf('?') < 0 ? whole.length() : whole.indexOf('?');
    // Somebody may have put a password there, as one does with other URLs.
    String shown = whole.substring(0, end) + whole.substring(end).replaceAll("//[^/&]*@", "//");
    String name = whole.substring(Math.min(colon + 1, end), end);
    Reference parsed = new Reference(shown, whole.substring(0, colon), name, null, null);
    return end == whole.length() ? parsed : parsed.withOptions(whole.substring(end + 1));
  }

  private Reference withOptions(String options) {
    String regionOption = null;
    URI endpointOption = null;
    for (String option : options.split("&", -1)) {
      if (option.startsWith("region=") && regionOption == null) {
        regionOption = option.substring("region=".length());
        if (!isRegion(regionOption)) {
          throw refused("its region is none", "one such as ?region=eu-west-1");
        }
      } else if (option.startsWith("endpoint=") && endpointOption == null) {
        endpointOption = endpoint(option.substring("endpoint=".length()));
      } else {
        throw refused("it has an option that there is not, or twice", "region and endpoint only");
      }
    }
    return new Reference(text, scheme, name, regionOption, endpointOption);
  }

  static boolean isRegion(String name) {
    return name.matches("[a-z0-9]+(-[a-z0-9]+){1,6}");
  }

  private URI endpoint(String url) {
    try {
      URI endpoint = new URI(url);
      if (url.matches("https?://[^/?#@]+/?") && endpoint.getHost() != null) {
        return endpoint;
      }
    } catch (URISyntaxException noUrl) {
      // Refused below, as all others.
    }
    throw refused(
        "its endpoint is no URL of a server, or has a user or a path",
        "one such as &endpoint=https://s3.example.com");
  }

  /**
   * Returns what to throw for a reference that means nothing.
   *
   * @param why what is wrong with it, a clause
   * @param instead what to write
   */
  IllegalArgumentException refused(String why, String instead) {
    return new IllegalArgumentException(
        "\""
            + text
            + "\" is no reference to a policy document: "
            + why
            + ". Write "
            + instead
            + ".");
  }
}
