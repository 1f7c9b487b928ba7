package dev.corsage.store.documents;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.appconfigdata.AppConfigDataClient;
import software.amazon.awssdk.services.appconfigdata.model.BadRequestException;
import software.amazon.awssdk.services.appconfigdata.model.GetLatestConfigurationResponse;
import software.amazon.awssdk.services.appconfigdata.model.InvalidParameterProblem;

/**
 * The configuration that is deployed to an environment of AppConfig.
 *
 * <p>It is read in a session: each response has the token of the next request and says how long to
 * wait until then, and has the configuration only if it has changed (<a
 * href="https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html">GetLatestConfiguration</a>).
 * A token is valid for one request within 24 hours.
 */
final class AppConfigDocument extends AwsDocument<AppConfigDataClient> {
  static final String SCHEME = "appconfig";

  private final String application;
  private final String environment;
  private final String profile;
  private final AwsClients clients;
  private final InstantSource clock;

  /** Null if the next call begins a session. */
  private String token;

  private Instant next = Instant.MIN;

  AppConfigDocument(String[] names, AwsClients clients, InstantSource clock) {
    super(
        new DocumentErrors(
            "The configuration " + String.join("/", names) + " of AppConfig in " + clients,
            "appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration on it",
            "Deploy it, or correct application, environment and profile in the reference"));
    application = names[0];
    environment = names[1];
    profile = names[2];
    this.clients = clients;
    this.clock = clock;
  }

  static AppConfigDocument of(StoreReference reference, Map<String, String> environment) {
    // The wall clock: a function's process is frozen between events.
    return of(reference, environment, InstantSource.system());
  }

  static AppConfigDocument of(
      StoreReference reference, Map<String, String> environment, InstantSource clock) {
    AwsClients clients = AwsClients.of(reference, environment, "APPCONFIGDATA");
    String[] names = reference.target().split("/", -1);
    boolean blank = false;
    for (String name : names) {
      blank |= name.isBlank();
    }
    if (blank || names.length != 3) {
      throw reference.malformed(
          "it does not name application, environment and profile",
          "appconfig:APPLICATION/ENVIRONMENT/PROFILE, with names or ids");
    }
    return new AppConfigDocument(names, clients, clock);
  }

  @Override
  AppConfigDataClient connect() {
    return clients.build(AppConfigDataClient.builder());
  }

  @Override
  byte[] fetch(AppConfigDataClient from) throws StoreException {
    Instant now = clock.instant();
    if (token != null && isKnown() && now.isBefore(next)) {
      return null;
    }
    try {
      return token == null ? begin(from, now) : poll(from, token, now);
    } catch (BadRequestException refused) {
      if (token == null) {
        throw refused;
      }
      if (isTooEarly(refused)) {
        return null;
      }
      // Expired, or used already by a request whose response did not arrive.
      token = null;
      return begin(from, now);
    }
  }

  private byte[] begin(AppConfigDataClient from, Instant now) throws StoreException {
    String first =
        from.startConfigurationSession(
                session ->
                    session
                        .applicationIdentifier(application)
                        .environmentIdentifier(environment)
                        .configurationProfileIdentifier(profile))
            .initialConfigurationToken();
    byte[] bytes = poll(from, first, now);
    if (bytes == null) {
      throw errors().notDeployed();
    }
    return bytes;
  }

  /** Returns what the response has, or null if nothing has changed in this session. */
  private byte[] poll(AppConfigDataClient from, String with, Instant now) {
    GetLatestConfigurationResponse response =
        from.getLatestConfiguration(request -> request.configurationToken(with));
    token = response.nextPollConfigurationToken();
    Integer seconds = response.nextPollIntervalInSeconds();
    next = seconds == null ? now : now.plusSeconds(seconds);
    byte[] bytes = response.configuration().asByteArrayUnsafe();
    return bytes.length == 0 ? null : bytes;
  }

  private boolean isTooEarly(BadRequestException refused) {
    return isKnown()
        && refused.details() != null
        && refused.details().invalidParameters().values().stream()
            .anyMatch(p -> p.problem() == InvalidParameterProblem.POLL_INTERVAL_NOT_SATISFIED);
  }

  @Override
  void startAnew() {
    token = null;
  }
}
