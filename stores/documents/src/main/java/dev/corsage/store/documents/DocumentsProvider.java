package dev.corsage.store.documents;

import dev.corsage.store.PolicySource;
import dev.corsage.store.PolicySourceProvider;
import dev.corsage.store.StoreReference;
import java.util.Map;
import java.util.Set;

/**
 * Opens policy documents that AWS keeps: {@code ssm:/path/of/parameter}, {@code
 * appconfig:APPLICATION/ENVIRONMENT/PROFILE} and {@code s3://bucket/key}.
 *
 * <p>Each may be followed by options, such as {@code ?region=eu-west-1} and {@code
 * &endpoint=https://…}; without a region it is {@code AWS_REGION}, which Lambda sets. Credentials
 * are those of the environment; in Lambda, those of the function's role.
 */
public final class DocumentsProvider implements PolicySourceProvider {
  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public DocumentsProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(SsmDocument.SCHEME, AppConfigDocument.SCHEME, S3Document.SCHEME);
  }

  @Override
  public PolicySource open(StoreReference reference, Map<String, String> environment) {
    Reference parsed = Reference.parse(written(reference));
    AwsClients clients = AwsClients.of(parsed, environment);
    return switch (parsed.scheme()) {
      case SsmDocument.SCHEME -> SsmDocument.of(parsed, clients);
      case AppConfigDocument.SCHEME -> AppConfigDocument.of(parsed, clients);
      case S3Document.SCHEME -> S3Document.of(parsed, clients);
      default -> throw parsed.refused("there is no such store", "ssm:, appconfig: or s3://");
    };
  }

  private static String written(StoreReference reference) {
    StringBuilder text = new StringBuilder(reference.scheme() + ":" + reference.target());
    char separator = '?';
    for (Map.Entry<String, String> option : reference.options().entrySet()) {
      text.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = '&';
    }
    return text.toString();
  }
}
