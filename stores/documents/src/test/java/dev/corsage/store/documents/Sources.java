package dev.corsage.store.documents;

import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Opens documents at a stand-in, as a function would. */
final class Sources {
  static final Map<String, String> ROLE =
      Map.of(
          "AWS_LAMBDA_FUNCTION_NAME", "cors",
          "AWS_REGION", "us-west-2",
          "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "the-secret",
          "AWS_SESSION_TOKEN", "the-session");

  /** The three kinds, each with a reference to the document of a stand-in. */
  enum Service {
    SSM("ssm:/shop/cors"),
    APPCONFIG("appconfig:shop/prod/cors"),
    S3("s3://bucket/shop/cors.json");

    final String reference;

    Service(String reference) {
      this.reference = reference;
    }

    PolicySource open(StandIn standIn) {
      return open(standIn.port());
    }

    PolicySource open(int port) {
      return new DocumentsProvider()
          .open(StoreReference.parse(reference + StandIn.options(port)), ROLE);
    }
  }

  private Sources() {}

  static StoreException failure(PolicySource source) {
    return Assertions.catchThrowableOfType(StoreException.class, source::read);
  }
}
