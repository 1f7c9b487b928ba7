package dev.corsage.store.documents;

import dev.corsage.store.StoreReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The value of a parameter, decrypted if it is a SecureString (<a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">GetParameter</a>).
 */
final class SsmDocument extends AwsDocument<SsmClient> {
  static final String SCHEME = "ssm";

  private final String parameter;
  private final AwsClients clients;

  private SsmDocument(String parameter, AwsClients clients) {
    super(
        new DocumentErrors(
            "The parameter " + parameter + " of SSM in " + clients,
            "ssm:GetParameter on it, and kms:Decrypt on its key if it is a SecureString",
            "Create it with a policy document as its value, or correct the name in the reference"
                + " (a name in a hierarchy begins with a slash)"));
    this.parameter = parameter;
    this.clients = clients;
  }

  static SsmDocument of(StoreReference reference, Map<String, String> environment) {
    AwsClients clients = AwsClients.of(reference, environment, "SSM");
    String name = reference.target();
    // A version or label can follow, and shared parameters are named by their ARN.
    if (!name.matches("(?!//)[A-Za-z0-9_.:/-]{1,2048}")) {
      throw reference.malformed(
          "it does not name a parameter", "ssm:/path/of/parameter, or ssm:name");
    }
    return new SsmDocument(name, clients);
  }

  @Override
  SsmClient connect() {
    return clients.build(SsmClient.builder());
  }

  @Override
  byte[] fetch(SsmClient from) {
    return from.getParameter(request -> request.name(parameter).withDecryption(true))
        .parameter()
        .value()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  void startAnew() {
    // Every response has the whole value.
  }
}
