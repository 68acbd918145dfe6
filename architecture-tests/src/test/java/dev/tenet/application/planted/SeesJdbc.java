package dev.tenet.application.planted;

import java.sql.SQLException;

/// Breaks rule 5: JDBC outside its home.
record SeesJdbc(SQLException failure) {}
