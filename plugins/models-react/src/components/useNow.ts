import { useEffect, useState } from 'react';

const TICK_MS = 5_000;

/** The time, renewed every few seconds while mounted. @public */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
