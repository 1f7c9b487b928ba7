/** Policy documents that are kept in SSM Parameter Store, AppConfig or S3. */
package dev.corsage.store.documents;
