// A session of JShell: jshell -R-Xmx512m --class-path target/vae-ocl.jar src/docs/library.jsh
import vaeocl.api.*
import java.nio.file.Path

Device.list().forEach(System.out::println)
Device device = Device.open()
ImageSet images = ImageSet.mnist()
TrainedRun run = Trainer.of(images).latent(2).epochs(3).listener(e -> System.out.printf("epoch %d: %.3f nats%n", e.epoch(), e.training().loss())).train(device)
Model model = run.open(device)
System.out.println("ELBO: " + model.elbo(images.test()) + " nats an image")
Codes codes = model.encode(images.test().part(0, 3))
System.out.println(java.util.Arrays.toString(codes.mu(0)))
model.manifold(20).write(Path.of("manifold.png"), 20)
model.close()
device.close()
/exit
