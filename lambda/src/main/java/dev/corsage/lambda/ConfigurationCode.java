package dev.corsage.lambda;

import static dev.corsage.Problem.Severity.ERROR;
import static dev.corsage.Problem.Severity.INFO;
import static dev.corsage.Problem.Severity.WARNING;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/** The kinds of problems in how a policy is given: documents, environment variables, stores. */
public enum ConfigurationCode implements ProblemCode {
  // Policy documents.
  DOCUMENT_SYNTAX(
      ERROR,
      "The document is not valid JSON, or has a key twice.",
      "Correct it there; a key that is there twice is not valid either."),
  DOCUMENT_TYPE(
      ERROR,
      "The document is not a JSON object, or something follows the object.",
      "Write one object: {…}."),
  FIELD_TYPE(ERROR, "The value has the wrong type.", "Write a value of the type that is expected."),
  UNKNOWN_KEY(
      ERROR,
      "There is no such key.",
      "Look for a misspelling; the keys are in the documentation of the policy document."),
  PRIVATE_NETWORK_WITHDRAWN(
      WARNING,
      "Private Network Access was withdrawn; browsers ask the user now, not the server.",
      "Remove the key."),
  POLICY_MISSING(
      ERROR,
      "There is no policy for this scope.",
      "Write one, such as {\"origins\": [\"https://app.example.com\"]}."),

  // Stores.
  ALLOW_LIST_RANGE(
      ERROR, "A number of the allow list is out of its range.", "Write a number within the range."),
  STORE_REFERENCE(
      ERROR, "The reference does not name an allow list in a store.", "Correct the reference."),
  STORE_MISSING(
      ERROR,
      "The archive was made without this store.",
      "Make an archive that has it: ./corsage package --store STORE."),
  STORE_UNENCRYPTED(
      WARNING,
      "What is sent to the store is not encrypted, and it is not on this machine.",
      "Write rediss:// if the server speaks TLS."),
  POLICY_REFERENCE(
      ERROR,
      "CORS_POLICY begins like a reference to a policy document, but cannot be used as one.",
      "Correct the reference; a document itself begins with a brace."),
  POLICY_UNREADABLE(
      ERROR,
      "The store has no document there, or did not hand it out.",
      "Mend what the message says; the function does not start without its policy."),
  POLICY_ELSEWHERE(
      INFO,
      "The document is kept in a store and was not looked at.",
      "Check the document itself before it is put there: ./corsage lint FILE."),
  POLICY_OUTDATED(
      WARNING,
      "A newer document cannot be read or does not build; an older one is in force.",
      "See the log of the function for the reason."),
  POLICY_REFRESH(
      ERROR,
      "It is not a whole number of seconds from 1 to 86400, or there is no document to read again.",
      "Write how many seconds old the policy document may be, such as 60."),

  // Environment variables.
  CONFIGURATION_CONFLICT(
      ERROR, "The policy is already given in another way.", "Remove one of the two."),
  POLICY_FILE(
      ERROR,
      "The file cannot be read.",
      "Write the path of a policy document; in Lambda, archives are unpacked in /var/task."),
  UNKNOWN_VARIABLE(
      ERROR,
      "There is no such variable, but its name is nearly that of one.",
      "Write the variable that is meant.");

  private final Severity severity;
  private final String meaning;
  private final String remedy;

  ConfigurationCode(Severity severity, String meaning, String remedy) {
    this.severity = severity;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
