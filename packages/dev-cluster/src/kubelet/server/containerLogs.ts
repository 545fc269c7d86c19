import { ServerResponse } from 'node:http';
import {
  LogRecord,
  readContainerLog,
  renderRecord,
  selectRecords,
} from '../logs';
import { PodWorker } from '../pods';
import { LogQuery } from './logQuery';

/** A reader that is so far behind is let go: memory is not for logs. */
const MAX_BUFFERED = 8 * 1024 * 1024;

/** Answers one request for a container's log. @public */
export function sendContainerLog(
  response: ServerResponse,
  worker: PodWorker,
  container: string,
  query: LogQuery,
): void {
  const found = worker.log(container, query.previous);
  if ('error' in found) {
    response
      .writeHead(400, { 'content-type': 'text/plain' })
      .end(`${found.error}\n`);
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/plain',
    'transfer-encoding': 'chunked',
  });
  let left = query.limitBytes ?? Infinity;
  const send = (text: string): boolean => {
    const data = Buffer.from(text);
    response.write(data.length > left ? data.subarray(0, left) : data);
    left -= data.length;
    return left > 0;
  };

  // From here to follow() nothing else can run: no line is lost between.
  const records = selectRecords(readContainerLog(found.file), query);
  const text = records
    .map(record => renderRecord(record, query.timestamps))
    .join('');
  const more = text === '' || send(text);
  const live = query.follow && !query.previous && more ? found.live : undefined;
  if (!live) {
    response.end();
    return;
  }
  response.flushHeaders();
  let leave: () => void = () => {};
  const onRecord = (record: LogRecord) => {
    const goOn = send(renderRecord(record, query.timestamps));
    if (!goOn || response.writableLength > MAX_BUFFERED) {
      leave();
      response.end();
    }
  };
  leave = live.follow(onRecord, () => response.end());
  response.on('close', leave);
}
