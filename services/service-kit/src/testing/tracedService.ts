// A service of its own process for tracing.test.ts: Jest can't run the
// exporter, which imports Node's http at run time.
import { Health } from '../health';
import { createLogger, createServiceApp, traceOf } from '../http';
import { ServiceError } from '../errors';
import { shutDownOnSignals } from '../shutdown';
import { startTracing } from '../telemetry';

const logger = createLogger({ service: 'quant-api' });
const health = new Health();
const app = createServiceApp({
  logger,
  health,
  bodyLimit: 1024,
  requestTimeoutMs: 5000,
  tracing: startTracing({
    service: 'quant-api',
    endpoint: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
    onProblem: message => logger.warn(message),
  }),
});
app.post('/predict', async request => {
  const call = traceOf(request).modelCall({
    operation: 'chat',
    model: 'smol',
    stream: true,
  });
  call.end({
    origin: 'http://10.0.0.7:8000',
    responseModel: 'smol-135m',
    firstByteMs: 250,
    usage: { promptTokens: 7, completionTokens: 3 },
  });
  return { sent: call.traceparent };
});
app.directPost('/fail', {
  begin() {},
  handle(request) {
    request.trace
      .modelCall({ operation: 'embeddings', model: 'm' })
      .end({ error: 'upstream_timeout' });
    throw new ServiceError('upstream_timeout', 'Too late.');
  },
});
shutDownOnSignals({
  health,
  drainDelayMs: 0,
  graceMs: 1000,
  close: () => app.close(),
  force: () => {},
  log: message => logger.info(message),
});
app
  .listen({ host: '127.0.0.1', port: 0 })
  .then(address => process.send?.(address));
