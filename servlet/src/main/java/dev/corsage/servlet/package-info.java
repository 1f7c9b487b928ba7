/**
 * CORS for Jakarta Servlet servers: {@link dev.corsage.servlet.CorsFilter}, configured by a policy,
 * or by the same variables and documents as the Lambda function.
 */
package dev.corsage.servlet;
