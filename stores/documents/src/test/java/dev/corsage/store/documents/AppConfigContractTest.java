package dev.corsage.store.documents;

/** The contract, kept by documents of AppConfig. */
class AppConfigContractTest extends AwsContract {
  AppConfigContractTest() {
    super(Sources.Service.APPCONFIG);
  }
}
