export * from './PrometheusApi';
