import type { TimelineFacts } from './compute';
import type { Finding } from './kubePhases';
import { readMarks, type LogMark } from './vllmLog';

function done(mark: LogMark): Finding {
  return { status: 'done', finishedAt: mark.at, evidence: mark.text };
}

/** What vLLM's log says about the phases inside the container. */
export function logFindings({ logLines }: TimelineFacts): {
  downloaded: Finding;
  loaded: Finding;
  compiled: Finding;
  kvCache: Finding;
} {
  const marks = readMarks(logLines ?? []);
  const download = marks.get('downloaded');
  const loading = marks.get('loading');
  const loaded = marks.get('loaded') ?? marks.get('read');
  const compiled = marks.get('compiled');
  const kvCache = marks.get('kv-cache');
  const progress = loading && { evidence: loading.text };
  const skippedDownload = (loading ?? loaded) && {
    status: 'skipped' as const,
    evidence: 'the weights were already in the cache volume',
  };
  const skippedCompile = kvCache && {
    status: 'skipped' as const,
    evidence: 'vLLM ran without compiling',
  };
  return {
    downloaded: download ? done(download) : skippedDownload ?? {},
    loaded: loaded ? done(loaded) : progress ?? {},
    compiled: compiled ? done(compiled) : skippedCompile ?? {},
    kvCache: kvCache ? done(kvCache) : {},
  };
}
