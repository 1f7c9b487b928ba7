/**
 * Runs the <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html">mapping
 * templates</a> of REST APIs: the Velocity Template Language in Apache Velocity, with the variables
 * of <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">API
 * Gateway</a>: {@code $input}, {@code $context}, {@code $stageVariables} and {@code $util}. {@link
 * dev.corsage.gateway.mapping.MappingTemplate} is the entry; the package knows nothing of APIs,
 * routes and templates of CloudFormation.
 *
 * <p><b>Sandbox.</b> A template reaches the methods that {@code Methods} lists, and nothing else:
 * there is no reflection, not even behind the scenes. It cannot load anything ({@code #include},
 * {@code #parse}, {@code #evaluate}), nor call itself ({@code #macro}). Time, the work for values,
 * and the output are bounded, whatever the template and the request.
 *
 * <p><b>Where API Gateway differs from Apache Velocity 2.</b> API Gateway does not document its
 * version; what is known of it agrees with Velocity 1.x, so the <a
 * href="https://velocity.apache.org/engine/2.4/upgrading.html">settings for compatibility with
 * it</a> are on:
 *
 * <ul>
 *   <li>Identifiers can have hyphens: the CDK sets {@code
 *       $context.responseOverride.header.Access-Control-Allow-Origin}.
 *   <li>{@code #if} is false for null and false only; an empty text is true (<a
 *       href="https://github.com/dherault/serverless-offline/issues/50">as seen on AWS</a>).
 *   <li>{@code #set} with null leaves a variable as it was, the default of 1.x.
 *   <li>A key that is not there has an empty text as its value (the same issue; and the CDK's
 *       template looks for {@code origin} where {@code Origin} <a
 *       href="https://github.com/aws/aws-cdk/pull/19104">is equal to ""</a>). So {@code $!} makes
 *       no difference: null is written as an empty text (<a
 *       href="https://github.com/toqoz/api-gateway-mapping-template/issues/5">as seen on AWS</a>).
 *   <li>The names of headers, parameters and variables are case-sensitive: {@code
 *       $input.params("origin")} is not {@code $input.params("Origin")}, and names of headers are
 *       in the case of the client. It looks in the path, then in the query string, then in the
 *       headers, as the reference says.
 *   <li>A second {@code #set} of the same override is an error, <a
 *       href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">as
 *       documented</a>.
 *   <li>{@code #foreach} ends after 1,000 elements, API Gateway's <a
 *       href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">quota</a>.
 *   <li>JSON is read leniently, for example with names without quotes, as the CDK's <code>
 *       { statusCode: 204 }</code> needs. Objects are written as {@code {a=1}}, lists as JSON: what
 *       the defaults of Jayway's JsonPath do.
 * </ul>
 */
package dev.corsage.gateway.mapping;
