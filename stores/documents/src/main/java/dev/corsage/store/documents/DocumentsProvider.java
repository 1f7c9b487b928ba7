package dev.corsage.store.documents;

import dev.corsage.store.PolicySource;
import dev.corsage.store.PolicySourceProvider;
import dev.corsage.store.StoreReference;
import java.util.Map;
import java.util.Set;

/**
 * Opens policy documents in AWS: {@code ssm:/path/of/parameter}, {@code
 * appconfig:APPLICATION/ENVIRONMENT/PROFILE} and {@code s3://bucket/key}.
 *
 * <p>The options are {@code region} and {@code endpoint}; without them the region is {@code
 * AWS_REGION}, which Lambda sets, and the endpoint AWS's own. Credentials come from the
 * environment: in Lambda they are those of the function's role.
 */
public final class DocumentsProvider implements PolicySourceProvider {
  /** Creates a provider. */
  public DocumentsProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(SsmDocument.SCHEME, AppConfigDocument.SCHEME, S3Document.SCHEME);
  }

  @Override
  public PolicySource open(StoreReference reference, Map<String, String> environment) {
    return switch (reference.scheme()) {
      case SsmDocument.SCHEME -> SsmDocument.of(reference, environment);
      case AppConfigDocument.SCHEME -> AppConfigDocument.of(reference, environment);
      case S3Document.SCHEME -> S3Document.of(reference, environment);
      default ->
          throw reference.malformed("there is no such document", "ssm:, appconfig: or s3://");
    };
  }
}
