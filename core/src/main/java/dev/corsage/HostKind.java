package dev.corsage;

/** What a host of a well-formed origin is, as far as it matters who can have it. */
enum HostKind {
  /** A name: somebody registers its domain. */
  NAME,
  /** A name with a trailing dot, another origin of the same owner. */
  ABSOLUTE_NAME,
  /** An address that clouds rent, and that public authorities certify. */
  PUBLIC_ADDRESS,
  /** An address that means another machine in every network; see {@link Host#isPrivate}. */
  PRIVATE_ADDRESS,
  /** An address of this machine; see {@link Host#isLoopback}. */
  LOOPBACK_ADDRESS;

  boolean isName() {
    return this == NAME || this == ABSOLUTE_NAME;
  }
}
