/**
 * Reads AWS SAM and CloudFormation templates as far as CORS is concerned: the file becomes values,
 * the values an immutable model of functions, APIs and routes, and the model is looked over for
 * set-ups that browsers will refuse. Nothing here runs anything.
 */
package dev.corsage.gateway.template;
