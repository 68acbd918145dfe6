# Tenet in a container: docker build -t tenet . && docker run -p 8080:8080 tenet
# The first start prints a key that may do everything; keep it.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -B -DskipTests -Dspotless.check.skip -pl bootstrap -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --user-group --home-dir /opt/tenet --shell /usr/sbin/nologin tenet \
  && mkdir -p /opt/tenet/extensions /var/lib/tenet \
  && chown tenet:tenet /var/lib/tenet
COPY --from=build /src/bootstrap/target/tenet/lib /opt/tenet/lib
COPY --from=build /src/tenet /opt/tenet/bin/tenet
COPY --from=build /src/examples /opt/tenet/examples
ENV PATH="/opt/tenet/bin:$PATH" \
  TENET_HOST=0.0.0.0 \
  TENET_PORT=8080 \
  TENET_AUTH=on \
  TENET_DATA_DIR=/var/lib/tenet \
  TENET_EXTENSIONS=/opt/tenet/extensions
USER tenet
WORKDIR /opt/tenet
VOLUME ["/var/lib/tenet"]
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["tenet"]
CMD ["serve"]
