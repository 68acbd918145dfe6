package dev.tenet.artefacts;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/// An object store in this process, which keeps objects in memory and checks signatures.
public final class TestObjectStore implements AutoCloseable {

  public static final String ACCESS_KEY = "TestAccessKey";
  public static final String SECRET_KEY = "Test5ecretThatNobodyMaySee";
  public static final String BUCKET = "tenet-code";

  private final BlobStoreContext context;
  private final S3Proxy proxy;

  private TestObjectStore(BlobStoreContext context, S3Proxy proxy) {
    this.context = context;
    this.proxy = proxy;
  }

  /// {@return one with the bucket [#BUCKET]}
  public static TestObjectStore start() {
    BlobStoreContext context =
        ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
            .credentials("nobody", "nothing")
            .build(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return new TestObjectStore(context, proxy);
  }

  /// {@return its address}
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /// {@return the names of all objects of [#BUCKET]}
  public List<String> names() {
    List<String> names = new ArrayList<>();
    String marker = "";
    while (marker != null) {
      ListContainerOptions options = ListContainerOptions.Builder.recursive();
      var page = objects().list(BUCKET, marker.isEmpty() ? options : options.afterMarker(marker));
      page.stream().map(StorageMetadata::getName).forEach(names::add);
      marker = page.getNextMarker();
    }
    return names;
  }

  /// Puts an object into [#BUCKET], past all that looks at it.
  public void put(String name, byte[] content) {
    objects().putBlob(BUCKET, objects().blobBuilder(name).payload(content).build());
  }

  private BlobStore objects() {
    return context.getBlobStore();
  }

  /// {@return settings with these keys}
  public S3Settings settings(String prefix, String access, String secret) {
    return new S3Settings(endpoint(), BUCKET, prefix, "us-east-1", new S3Keys(access, secret));
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      context.close();
    }
  }
}
