/// Tenants' rules inside an Apache Flink job.
@NullMarked
package dev.tenet.example.flink;

import org.jspecify.annotations.NullMarked;
