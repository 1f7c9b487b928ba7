package dev.corsage.store.documents;

/** The contract, kept by documents of Ssm. */
class SsmContractTest extends AwsContract {
  SsmContractTest() {
    super(Sources.Service.SSM);
  }
}
