package dev.corsage.cdk;

import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.IAuthorizer;

/** An API's default authorizer gives way to another one only, not to none. */
final class NoAuthorizer implements IAuthorizer {
  @Override
  public String getAuthorizerId() {
    return "";
  }

  @Override
  public AuthorizationType getAuthorizationType() {
    return AuthorizationType.NONE;
  }
}
