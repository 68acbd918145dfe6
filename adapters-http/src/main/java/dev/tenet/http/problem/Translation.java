package dev.tenet.http.problem;

/// What a problem's code means, in general, in another language than English.
///
/// @param language the tag of the language, such as `de`
/// @param title a few words
/// @param message one sentence: what is wrong, and what to do
public record Translation(String language, String title, String message) {}
