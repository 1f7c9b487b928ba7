package dev.corsage.store.documents;

import java.net.URI;
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
 * Makes clients that are alike: for one region, with the credentials of the process, and with
 * limits to what a call takes.
 */
final class AwsClients {
  /**
   * Nobody waits for a call but the init of a function. It may be the first one of a process with
   * little CPU, which takes a second or two for what is loaded and the TLS handshake; so it has
   * more time than one that a request waits for.
   */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  /** The SDK's own default is 30 seconds, and its limit for the call interrupts no read. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  private static final int MAX_ATTEMPTS = 2;

  /** Thrown in the middle of a call, before anything is sent. */
  static final class NoCredentials extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCredentials(Throwable cause) {
      super("There are no AWS credentials", cause);
    }
  }

  private final Region region;
  private final URI endpoint;
  private final Map<String, String> environment;

  private AwsClients(Region region, URI endpoint, Map<String, String> environment) {
    this.region = region;
    this.endpoint = endpoint;
    this.environment = environment;
  }

  /**
   * Returns what makes clients for a reference.
   *
   * @throws IllegalArgumentException if nobody says in which region
   */
  static AwsClients of(Reference reference, Map<String, String> environment) {
    String region = reference.region();
    for (String variable : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      String value = environment.getOrDefault(variable, "").strip();
      region = region == null && Reference.isRegion(value) ? value : region;
    }
    if (region == null) {
      // The SDK would look into files and ask the network: slowly, and in vain in a function.
      throw reference.refused(
          "neither it nor AWS_REGION says in which region", "it with ?region=eu-west-1, say");
    }
    return new AwsClients(Region.of(region), reference.endpoint(), Map.copyOf(environment));
  }

  /** Returns where the clients go, for people. */
  String place() {
    return region.id() + (endpoint == null ? "" : " at " + endpoint);
  }

  boolean haveEndpoint() {
    return endpoint != null;
  }

  /** Configures the builder of a client and builds it. */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    builder
        .region(region)
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
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  /**
   * Returns the credentials that the environment has.
   *
   * <p>In a function they are variables, or with SnapStart those of a container (<a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials">Activating
   * SnapStart</a>). Elsewhere it is the SDK's chain, which goes on to files and to the metadata of
   * an instance; a function has neither, and would wait for them.
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
}
