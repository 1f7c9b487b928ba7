/**
 * Reads AWS SAM and CloudFormation templates as far as CORS is concerned: the file becomes values,
 * the values an immutable model of functions, APIs and routes. Nothing here judges a template or
 * runs anything.
 */
package dev.corsage.gateway.template;
