package dev.corsage.cli.options;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The credentials of a person who has more than keys in the environment or a profile: single
 * sign-on, assumed roles, a web identity, a process. The AWS SDK finds them, and stores get them as
 * they would in a function, where they look into the environment alone.
 */
public final class DeveloperCredentials {
  private static final String KEY = "AWS_ACCESS_KEY_ID";

  /** With these the store finds credentials by itself. */
  private static final Set<String> OWN =
      Set.of(KEY, "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");

  private static final String REGION = "AWS_REGION";
  private static final String WEB_IDENTITY = "AWS_WEB_IDENTITY_TOKEN_FILE";

  private DeveloperCredentials() {}

  /**
   * Returns the variables with which a store has the credentials of this process's owner, and the
   * region of their profile; empty where a store finds its own, or there are none.
   *
   * @param note takes why there are no credentials, safe to print
   */
  public static Map<String, String> find(Consumer<String> note) {
    Map<String, String> environment = System.getenv();
    if (environment.keySet().stream().anyMatch(OWN::contains)
        || !(environment.containsKey(WEB_IDENTITY) || hasProfile(environment))) {
      return Map.of();
    }
    // Not the metadata of EC2: where there is none, to ask takes seconds.
    try {
      AwsCredentialsProvider provider =
          environment.containsKey(WEB_IDENTITY)
              ? WebIdentityTokenFileCredentialsProvider.create()
              : ProfileCredentialsProvider.create();
      AwsCredentials found = provider.resolveCredentials();
      Map<String, String> variables = new HashMap<>();
      variables.put(KEY, found.accessKeyId());
      variables.put("AWS_SECRET_ACCESS_KEY", found.secretAccessKey());
      if (found instanceof AwsSessionCredentials temporary) {
        variables.put("AWS_SESSION_TOKEN", temporary.sessionToken());
      }
      if (!environment.containsKey(REGION) && !environment.containsKey("AWS_DEFAULT_REGION")) {
        profile(environment)
            .flatMap(profile -> profile.property("region"))
            .ifPresent(region -> variables.put(REGION, region));
      }
      return variables;
    } catch (SdkException none) {
      note.accept(
          "no AWS credentials were found: "
              + Terminal.sentence(Secrets.maskedIn(String.valueOf(none.getMessage()))));
      return Map.of();
    }
  }

  /** Tells whether there is a profile that needs the SDK: one without keys, or with a role. */
  private static boolean hasProfile(Map<String, String> environment) {
    try {
      return profile(environment)
          .map(profile -> profile.properties().keySet())
          .filter(
              names ->
                  names.contains("role_arn")
                      || names.contains("sso_session")
                      || names.contains("sso_start_url")
                      || names.contains("credential_process")
                      || names.contains("login_session"))
          .isPresent();
    } catch (SdkException | IllegalArgumentException malformed) {
      // The store reads the files, too, and says what is wrong with them.
      return false;
    }
  }

  private static Optional<Profile> profile(Map<String, String> environment) {
    return ProfileFile.defaultProfileFile()
        .profile(environment.getOrDefault("AWS_PROFILE", "default"));
  }
}
