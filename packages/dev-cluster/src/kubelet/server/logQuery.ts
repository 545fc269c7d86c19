import { LogSelection } from '../logs';

/** A request for a container's log. @public */
export interface LogQuery extends LogSelection {
  follow: boolean;
  previous: boolean;
  limitBytes?: number;
}

/** Reads the query of `/containerLogs`. Throws for what makes no sense. */
export function parseLogQuery(query: URLSearchParams, now: number): LogQuery {
  const count = (name: string): number | undefined => {
    const text = query.get(name);
    if (text === null || text === '') {
      return undefined;
    }
    if (!/^\d+$/.test(text)) {
      throw new Error(`${name} must be a number of at least 0, not "${text}"`);
    }
    return Number(text);
  };
  const sinceSeconds = count('sinceSeconds');
  const sinceText = query.get('sinceTime');
  let sinceTime: Date | undefined;
  if (sinceText) {
    sinceTime = new Date(sinceText);
    if (Number.isNaN(sinceTime.getTime())) {
      throw new Error(`sinceTime is not a time: "${sinceText}"`);
    }
  } else if (sinceSeconds !== undefined) {
    sinceTime = new Date(now - sinceSeconds * 1000);
  }
  return {
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    tailLines: count('tailLines'),
    limitBytes: count('limitBytes'),
    sinceTime,
  };
}

function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1' || text === '';
}
