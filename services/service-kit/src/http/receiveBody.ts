import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../errors';

const NOTHING = Buffer.alloc(0);

function tooLarge(): ServiceError {
  return new ServiceError(
    'request_too_large',
    'The request body is larger than this service accepts.',
  );
}

function notWhole(): ServiceError {
  return new ServiceError(
    'bad_request',
    'The request was not sent completely.',
  );
}

/**
 * The whole body of a request. Rejects with `request_too_large` as soon as
 * that is known, and with `bad_request` where the client left in between.
 */
export function receiveBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      reject(tooLarge());
      return;
    }
    if (request.destroyed) {
      // Its `close` was before anybody listened here and won't come again.
      reject(notWhole());
      return;
    }
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        stop();
        reject(tooLarge());
      } else if (first === undefined) {
        first = chunk;
      } else {
        (more ??= [first]).push(chunk);
      }
    };
    const onEnd = () => {
      stop();
      resolve(more ? Buffer.concat(more, size) : first ?? NOTHING);
    };
    const onLost = () => {
      stop();
      reject(notWhole());
    };
    function stop() {
      request.removeListener('data', onData);
      request.removeListener('end', onEnd);
      request.removeListener('close', onLost);
    }
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('close', onLost);
  });
}
