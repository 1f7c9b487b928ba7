package dev.corsage.store;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** A reference to a store is opened or refused, and its password is never printed. */
public final class StoreReferenceFuzz {
  /** Where the password stands in an input. */
  private static final String PLACE = "{P}";

  /** How it begins: no text that is printed has this in it. */
  private static final String PASSWORD = "paSSW0RD";

  private static final List<AllowListProvider> PROVIDERS =
      ServiceLoader.load(AllowListProvider.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /** Without files of credentials, whatever this machine has. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "eu-west-1",
          "AWS_CONFIG_FILE", "/none",
          "AWS_SHARED_CREDENTIALS_FILE", "/none",
          "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "example");

  private StoreReferenceFuzz() {}

  /** The first line of the input is how the password goes on, the rest the reference. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines = Input.lines(input, 2);
    String template = lines.get(1).replace(PASSWORD, "");
    String written = template.replace(PLACE, PASSWORD + lines.get(0));
    StoreReference reference;
    try {
      reference = StoreReference.parse(written);
    } catch (IllegalArgumentException refused) {
      checkMessage(refused, template);
      return;
    }
    check(reference.equals(StoreReference.parse(" " + written + " ")), written);
    check(written.strip().startsWith(reference.scheme() + ":" + reference.target()), written);
    check(!reference.options().containsKey("") && !reference.options().containsValue(""), written);
    checkPrinted(reference.toString(), template);
    open(reference, template);
  }

  private static void open(StoreReference reference, String template) {
    for (AllowListProvider provider : PROVIDERS) {
      if (provider.schemes().contains(reference.scheme())) {
        try (EditableAllowList list = provider.open(reference, ENVIRONMENT)) {
          provider
              .check(reference, ENVIRONMENT)
              .forEach(warning -> checkPrinted(warning, template));
          checkPrinted(list.toString(), template);
        } catch (IllegalArgumentException refused) {
          checkMessage(refused, template);
        }
      }
    }
  }

  private static void checkMessage(Exception refused, String template) {
    check(refused.getMessage().contains(". Write "), refused.getMessage());
    checkPrinted(refused.getMessage(), template);
  }

  /** A password stands before an at sign, or is the value of an option that no store has. */
  private static void checkPrinted(String text, String template) {
    boolean secret =
        template.indexOf(PLACE) == template.lastIndexOf(PLACE)
            && (template.startsWith("rediss://user:" + PLACE + "@")
                || template.endsWith("?auth=" + PLACE));
    check(!secret || !text.contains(PASSWORD), template, text);
  }
}
