import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Adapter, loadAdapters } from './adapters';
import { ServerArguments } from './arguments';
import { cacheConfigLabels } from './cacheConfig';
import {
  Generator,
  pacedTextEngine,
  quantizedVariant,
  TextEngine,
} from './engine';
import type { ModelServerEnvironment } from './environment';
import { createModelServer, ROUTES, ServerModel } from './http';
import { bannerLine, isRealModel, simulatedLabel } from './labels';
import type { LoadTextEngineOptions } from './loadTextEngine';
import { VllmMetrics } from './metrics';
import { logSamplingDefaults, samplingDefaults } from './samplingDefaults';
import { downloadMarker, runStart, StartedEngine, VllmLog } from './startup';
import { logThroughput } from './throughputLog';

/** vLLM's queue has no end; this one does. */
const MAX_WAITING = 1024;
const GIB = 2 ** 30;

/** What the server needs from outside; tests put in a fake engine. */
export interface ModelServerOptions {
  args: ServerArguments;
  environment: ModelServerEnvironment;
  env: NodeJS.ProcessEnv;
  write(line: string): void;
  loadEngine(options: LoadTextEngineOptions): Promise<TextEngine>;
}

/** A server that listens. */
export interface RunningModelServer {
  url: string;
  /** Stops accepting, lets answers finish for that long, then ends them. */
  stop(graceMs: number): Promise<void>;
}

function serverModel(
  options: ModelServerOptions,
  started: StartedEngine,
  loaded: TextEngine,
  adapters: readonly Adapter[],
  log: VllmLog,
): ServerModel {
  const { args, environment } = options;
  const variant = quantizedVariant(started.config.quantization);
  const engine =
    variant && loaded.unavailable === undefined
      ? pacedTextEngine(loaded, variant.tokensPerSecond)
      : loaded;
  const { config, memory } = started;
  const metrics = new VllmMetrics({
    modelName: args.servedModelNames[0],
    maxModelLen: config.maxModelLen,
    cacheConfig: cacheConfigLabels(
      args,
      memory,
      config.gpu ? undefined : (environment.kvCacheSpaceGiB ?? 4) * GIB,
    ),
  });
  const generator = new Generator(
    engine,
    Math.min(engine.parallel, config.maxNumSeqs),
    MAX_WAITING,
    metrics,
  );
  metrics.watchScheduler(() => ({
    running: generator.running,
    waiting: generator.waiting,
    kvCacheUsage: Math.min(1, generator.kvTokens / memory.kvTokens),
  }));
  return {
    model: args.model,
    servedModelNames: args.servedModelNames,
    adapters,
    maxModelLen: config.maxModelLen,
    simulated: simulatedLabel(args, engine, environment.gpu, variant),
    samplingDefaults: samplingDefaults(args),
    logRequest: args.logRequests
      ? line => log.info('APIServer', 'logger.py:40', line)
      : undefined,
    maxLogLen: args.maxLogLen,
    requestIdHeaders: args.requestIdHeaders,
    apiKeys: args.apiKeys,
    engine,
    generator,
    metrics,
    created: Math.floor(Date.now() / 1000),
  };
}

function logRoutes(log: VllmLog): void {
  log.info('APIServer', 'launcher.py:34', 'Available routes are:');
  for (const [path, methods] of ROUTES) {
    for (const method of Object.keys(methods)) {
      log.info(
        'APIServer',
        'launcher.py:42',
        `Route: ${path}, Methods: ${method}`,
      );
    }
  }
}

async function listen(server: Server, host: string, port: number) {
  server.listen(port, host);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}` };
}

async function stopServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const deadline = new AbortController();
  await Promise.race([
    closed,
    sleep(graceMs, undefined, { signal: deadline.signal }).catch(
      () => undefined,
    ),
  ]);
  deadline.abort();
  server.closeAllConnections();
  await closed;
}

/**
 * Starts the stand-in for vLLM: prints the start, loads the model, listens.
 *
 * @throws StartFailure where vLLM refuses the same start.
 */
export async function runModelServer(
  options: ModelServerOptions,
): Promise<RunningModelServer> {
  const { args, environment, write } = options;
  const { gpu } = environment;
  const log = new VllmLog({
    write,
    now: () => new Date(),
    pid: process.pid,
  });
  log.raw(undefined, bannerLine(args, gpu));
  let engine: TextEngine | undefined;
  const started = await runStart({
    args,
    gpuName: gpu,
    kvCacheSpaceGiB: environment.kvCacheSpaceGiB,
    log,
    now: () => performance.now(),
    pause: async seconds => {
      await sleep(seconds * 1000 * environment.delayFactor);
    },
    marker: downloadMarker(args.model, args.downloadDir, options.env),
    real: isRealModel(args.model) && gpu === undefined,
    async loadEngine(config) {
      engine = await options.loadEngine({
        modelFile: environment.modelFile,
        threads: environment.threads,
        contextSize: config.maxModelLen,
        maxParallel: config.maxNumSeqs,
        variant: quantizedVariant(config.quantization),
      });
    },
  });
  // runStart doesn't return before it loaded the engine.
  const adapters = loadAdapters(args, log);
  const model = serverModel(options, started, engine!, adapters, log);
  if (model.engine.unavailable !== undefined) {
    log.raw(undefined, `# model file unavailable: ${model.engine.unavailable}`);
  }
  logSamplingDefaults(log, model.samplingDefaults);

  const server = createModelServer(model, {
    access: line => {
      if (args.accessLog) {
        log.raw('APIServer', `INFO:     ${line}`);
      }
    },
    error: message => log.error('APIServer', 'api_server.py:1', message),
  });
  const host = environment.bindAddress ?? args.host ?? '127.0.0.1';
  const shown = `http://${args.host ?? '0.0.0.0'}:${args.port}`;
  const { url } = await listen(server, host, args.port);
  log.info(
    'APIServer',
    'api_server.py:1912',
    `Starting vLLM API server 0 on ${shown}`,
  );
  logRoutes(log);
  log.raw(undefined, `# bound to ${url}`);
  log.raw('APIServer', `INFO:     Started server process [${process.pid}]`);
  log.raw('APIServer', 'INFO:     Waiting for application startup.');
  log.raw('APIServer', 'INFO:     Application startup complete.');
  const endThroughputLog = args.disableLogStats
    ? () => {}
    : logThroughput(
        log,
        model.generator,
        model.metrics,
        started.memory.kvTokens,
      );

  return {
    url,
    async stop(graceMs) {
      endThroughputLog();
      log.raw('APIServer', 'INFO:     Shutting down');
      await stopServer(server, graceMs);
      log.raw('APIServer', 'INFO:     Waiting for application shutdown.');
      log.raw('APIServer', 'INFO:     Application shutdown complete.');
      await model.engine.dispose();
    },
  };
}
