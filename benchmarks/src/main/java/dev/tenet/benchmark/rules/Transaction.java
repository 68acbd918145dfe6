package dev.tenet.benchmark.rules;

/// What is paid.
///
/// @param amount 1 to 10,000, small ones more often
/// @param currency one of 8
/// @param count how many there were today, 0 to 19
/// @param merchant one of 50
/// @param hour 0 to 23
public record Transaction(
    double amount, String currency, long count, String merchant, boolean foreign, long hour) {}
