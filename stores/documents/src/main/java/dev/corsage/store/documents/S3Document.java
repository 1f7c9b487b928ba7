package dev.corsage.store.documents;

import dev.corsage.store.StoreReference;
import java.util.Map;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object in a bucket, fetched only if it has changed (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>).
 */
final class S3Document extends AwsDocument<S3Client> {
  static final String SCHEME = "s3";

  private static final int NOT_MODIFIED = 304;

  private final String bucket;
  private final String key;
  private final AwsClients clients;
  private String entityTag;

  private S3Document(String bucket, String key, AwsClients clients) {
    super(
        new DocumentErrors(
            "The object " + key + " of the bucket " + bucket + " of S3 in " + clients,
            "s3:GetObject on it, and kms:Decrypt if it is encrypted with your own key; without"
                + " s3:ListBucket on the bucket, S3 responds the same for an object that does not"
                + " exist",
            "Upload it, or correct bucket, key and region in the reference"));
    this.bucket = bucket;
    this.key = key;
    this.clients = clients;
  }

  static S3Document of(StoreReference reference, Map<String, String> environment) {
    AwsClients clients = AwsClients.of(reference, environment, "S3");
    String name = reference.target();
    int slash = name.indexOf('/', 2);
    if (!name.startsWith("//") || slash < 0 || slash == name.length() - 1) {
      throw reference.malformed("it does not name a bucket and a key", "s3://bucket/key");
    }
    String bucket = name.substring(2, slash);
    if (!bucket.matches("[A-Za-z0-9._-]{3,255}")) {
      throw reference.malformed("the bucket cannot have such a name", "s3://bucket/key");
    }
    return new S3Document(bucket, name.substring(slash + 1), clients);
  }

  @Override
  S3Client connect() {
    return clients.build(
        S3Client.builder()
            // The host of another endpoint has no subdomains for buckets.
            .forcePathStyle(clients.haveEndpoint())
            // TLS protects the content, and the classes that would check it need not be loaded.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
  }

  @Override
  byte[] fetch(S3Client from) {
    try {
      ResponseBytes<GetObjectResponse> object =
          from.getObjectAsBytes(request -> request.bucket(bucket).key(key).ifNoneMatch(entityTag));
      entityTag = object.response().eTag();
      return object.asByteArrayUnsafe();
    } catch (S3Exception response) {
      // An error to the SDK: https://github.com/aws/aws-sdk-java-v2/issues/428
      if (response.statusCode() == NOT_MODIFIED && isKnown()) {
        return null;
      }
      throw response;
    }
  }

  @Override
  void startAnew() {
    entityTag = null;
  }
}
