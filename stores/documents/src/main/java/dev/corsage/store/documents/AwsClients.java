package dev.corsage.store.documents;

import dev.corsage.store.AwsLocation;
import dev.corsage.store.StoreReference;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Creates clients of AWS's services that are alike: for one region, with the credentials of the
 * environment, and with limits to the time and the size of a response.
 */
record AwsClients(AwsLocation location, Map<String, String> environment) {
  /**
   * Only the init of a function waits for a call. As the first call of a process with little CPU it
   * takes a second or two to load classes and for the TLS handshake, so it has more time than a
   * call that a request waits for.
   */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /** The SDK's default is 30 seconds, and its limit for the call does not interrupt a read. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  private static final int MAX_ATTEMPTS = 2;

  /** Thrown within a call, before anything is sent. */
  static final class NoCredentials extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCredentials(Throwable cause) {
      super("There are no AWS credentials", cause);
    }
  }

  /**
   * Returns what creates clients for a reference.
   *
   * @param service the service as in {@code AWS_ENDPOINT_URL_SERVICE}
   * @throws IllegalArgumentException if an option or a variable cannot be used
   */
  static AwsClients of(StoreReference reference, Map<String, String> environment, String service) {
    reference.checkOptions("region=eu-west-1", "endpoint=https://HOST:PORT");
    // The SDK would look for a region in files and on the network, slowly and in vain in a
    // function.
    return new AwsClients(
        AwsLocation.of(reference, AwsLocation.region(reference, environment), environment, service),
        Map.copyOf(environment));
  }

  boolean haveEndpoint() {
    return location.endpoint() != null;
  }

  /** Configures the builder of a client and builds it. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    builder
        .region(Region.of(location.region()))
        .credentialsProvider(credentials())
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT))
        .overrideConfiguration(
            c ->
                c.apiCallTimeout(CALL_TIMEOUT)
                    .retryStrategy(r -> r.maxAttempts(MAX_ATTEMPTS))
                    .addExecutionInterceptor(new SizeLimit()));
    if (haveEndpoint()) {
      builder.endpointOverride(location.endpoint());
    }
    return builder.build();
  }

  /**
   * Returns the credentials of the environment.
   *
   * <p>In a function they are in variables, or with SnapStart in the container (<a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">Activating
   * SnapStart</a>). Elsewhere they come from the SDK's chain, which continues with files and the
   * metadata of an instance; a function has neither, and would wait for them.
   */
  private AwsCredentialsProvider credentials() {
    AwsCredentialsProvider provider = provider();
    return () -> {
      try {
        return provider.resolveCredentials();
      } catch (SdkClientException none) {
        throw new NoCredentials(none);
      }
    };
  }

  private AwsCredentialsProvider provider() {
    if (isSet("AWS_ACCESS_KEY_ID") && isSet("AWS_SECRET_ACCESS_KEY")) {
      return StaticCredentialsProvider.create(variables());
    }
    if (isSet("AWS_LAMBDA_FUNCTION_NAME")) {
      return ContainerCredentialsProvider.create();
    }
    return DefaultCredentialsProvider.builder().build();
  }

  private AwsCredentials variables() {
    String id = environment.get("AWS_ACCESS_KEY_ID").strip();
    String secret = environment.get("AWS_SECRET_ACCESS_KEY").strip();
    return isSet("AWS_SESSION_TOKEN")
        ? AwsSessionCredentials.create(id, secret, environment.get("AWS_SESSION_TOKEN").strip())
        : AwsBasicCredentials.create(id, secret);
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  /** Returns where the clients connect to, for messages. */
  @Override
  public String toString() {
    return location.toString();
  }
}
