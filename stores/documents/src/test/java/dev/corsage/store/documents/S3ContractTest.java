package dev.corsage.store.documents;

/** The contract, kept by documents of S3. */
class S3ContractTest extends AwsContract {
  S3ContractTest() {
    super(Sources.Service.S3);
  }
}
