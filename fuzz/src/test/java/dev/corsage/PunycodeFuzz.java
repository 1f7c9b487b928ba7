package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.net.IDN;

/** A label decodes if the JDK decodes it; that of others it never fails. */
public final class PunycodeFuzz {
  private PunycodeFuzz() {}

  /** The input is a label without its {@code xn--}. */
  public static void fuzzerTestOneInput(byte[] input) {
    String label = Punycode.PREFIX + Input.text(input);
    boolean decodes = Punycode.decodes(label);
    if (Host.check(label, true) == null && label.indexOf('.') < 0) {
      // The JDK leaves as it is what it cannot decode, or would encode otherwise.
      boolean decodable = !IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED).equals(label);
      check(decodes || !decodable, label);
    }
  }
}
