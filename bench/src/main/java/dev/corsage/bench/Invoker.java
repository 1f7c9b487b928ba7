package dev.corsage.bench;

/**
 * What sends events, and how its events look. In the templates {@code @method}, {@code @headers}
 * and {@code @lists} stand for the request; in {@code @lists} each header has a list of values.
 */
enum Invoker {
  REST_API(
      "REST API",
      true,
      """
      {"resource":"/{proxy+}","path":"/orders/1","httpMethod":"@method","headers":@headers,\
      "multiValueHeaders":@lists,"queryStringParameters":null,\
      "multiValueQueryStringParameters":null,"pathParameters":{"proxy":"orders/1"},\
      "stageVariables":null,"requestContext":{"resourceId":"a1b2c3","resourcePath":"/{proxy+}",\
      "httpMethod":"@method","path":"/v1/orders/1","accountId":"123456789012","stage":"v1",\
      "protocol":"HTTP/1.1","requestId":"9f6bd1b0-90b3-4e4f-a8c8-0cdd4d3a0b0d",\
      "identity":{"sourceIp":"192.0.2.1"},"domainName":"api.example.com","apiId":"abc123"},\
      "body":null,"isBase64Encoded":false}"""),
  HTTP_API_1(
      "HTTP API, format 1.0",
      false,
      """
      {"version":"1.0","resource":"/{proxy+}","path":"/orders/1","httpMethod":"@method",\
      "headers":@headers,"multiValueHeaders":@lists,"queryStringParameters":null,\
      "multiValueQueryStringParameters":null,"requestContext":{"accountId":"123456789012",\
      "apiId":"abc123","domainName":"api.example.com","domainPrefix":"api",\
      "extendedRequestId":"JKJaXmPLvHcESHA=","httpMethod":"@method",\
      "identity":{"sourceIp":"192.0.2.1"},"path":"/orders/1","protocol":"HTTP/1.1",\
      "requestId":"JKJaXmPLvHcESHA=","resourcePath":"/{proxy+}","stage":"$default"},\
      "pathParameters":{"proxy":"orders/1"},"stageVariables":null,"body":null,\
      "isBase64Encoded":false}"""),
  HTTP_API_2(
      "HTTP API, format 2.0",
      false,
      """
      {"version":"2.0","routeKey":"@method /{proxy+}","rawPath":"/orders/1","rawQueryString":"",\
      "headers":@headers,"requestContext":{"accountId":"123456789012","apiId":"abc123",\
      "domainName":"api.example.com","domainPrefix":"api","http":{"method":"@method",\
      "path":"/orders/1","protocol":"HTTP/1.1","sourceIp":"192.0.2.1",\
      "userAgent":"Mozilla/5.0"},"requestId":"JKJaXmPLvHcESHA=",\
      "routeKey":"@method /{proxy+}","stage":"$default","time":"21/Nov/2026:09:00:00 +0000",\
      "timeEpoch":1795251600000},"isBase64Encoded":false}"""),
  FUNCTION_URL(
      "Function URL",
      false,
      """
      {"version":"2.0","routeKey":"$default","rawPath":"/orders/1","rawQueryString":"",\
      "headers":@headers,"requestContext":{"accountId":"anonymous","apiId":"abc123",\
      "domainName":"abc123.lambda-url.eu-central-1.on.aws","domainPrefix":"abc123",\
      "http":{"method":"@method","path":"/orders/1","protocol":"HTTP/1.1",\
      "sourceIp":"192.0.2.1","userAgent":"Mozilla/5.0"},\
      "requestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef","routeKey":"$default",\
      "stage":"$default","time":"21/Nov/2026:09:00:00 +0000","timeEpoch":1795251600000},\
      "isBase64Encoded":false}"""),
  ALB(
      "Load balancer",
      false,
      """
      {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:eu-central-1:\
      123456789012:targetgroup/orders/6d0ecf831eec9f09"}},"httpMethod":"@method",\
      "path":"/orders/1","queryStringParameters":{},"headers":@headers,"body":"",\
      "isBase64Encoded":false}"""),
  ALB_LISTS(
      "Load balancer, multi-value",
      false,
      """
      {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:eu-central-1:\
      123456789012:targetgroup/orders/6d0ecf831eec9f09"}},"httpMethod":"@method",\
      "path":"/orders/1","multiValueQueryStringParameters":{},"multiValueHeaders":@lists,\
      "body":"","isBase64Encoded":false}"""),
  LATTICE_1(
      "VPC Lattice, version 1",
      false,
      """
      {"raw_path":"/orders/1","method":"@method","headers":@headers,\
      "query_string_parameters":{},"body":"","is_base64_encoded":false}"""),
  LATTICE_2(
      "VPC Lattice, version 2",
      false,
      """
      {"version":"2.0","path":"/orders/1","method":"@method","headers":@lists,\
      "queryStringParameters":{},"body":"","isBase64Encoded":false,"requestContext":{\
      "serviceNetworkArn":"arn:aws:vpc-lattice:eu-central-1:123456789012:servicenetwork/\
      sn-0bf3f2882e9cc805a","serviceArn":"arn:aws:vpc-lattice:eu-central-1:123456789012:\
      service/svc-0a40eebed65f8d69c","targetGroupArn":"arn:aws:vpc-lattice:eu-central-1:\
      123456789012:targetgroup/tg-6d0ecf831eec9f09","identity":{"sourceVpcArn":\
      "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0b8276c84697e7339"},\
      "region":"eu-central-1","timeEpoch":"1795251600000000"}}""");

  final String title;

  /** Whether headers are named as {@code Origin}, and not as {@code origin}. */
  final boolean capitals;

  final String template;

  Invoker(String title, boolean capitals, String template) {
    this.title = title;
    this.capitals = capitals;
    this.template = template;
  }
}
