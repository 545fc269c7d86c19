import { mockServices } from '@backstage/backend-test-utils';
import { ChangePublisher } from './publisher';

describe('ChangePublisher', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function create(publish: (version: number) => Promise<void>) {
    return ChangePublisher.create({
      intervalMs: 250,
      publish,
      logger: mockServices.logger.mock(),
    });
  }

  it('announces at once, then the newest once per interval', async () => {
    const published: number[] = [];
    const publisher = create(async version => {
      published.push(version);
    });
    for (let version = 1; version <= 100; version += 1) {
      publisher.changed(version);
    }
    expect(published).toEqual([1]);
    await jest.advanceTimersByTimeAsync(250);
    expect(published).toEqual([1, 100]);
    await jest.advanceTimersByTimeAsync(1_000);
    publisher.changed(101);
    expect(published).toEqual([1, 100, 101]);
  });

  it('goes on after a failure, and ends when stopped', async () => {
    const published: number[] = [];
    const publisher = create(async version => {
      published.push(version);
      throw new Error('nobody there');
    });
    publisher.changed(1);
    publisher.changed(2);
    await jest.advanceTimersByTimeAsync(250);
    publisher.changed(3);
    publisher.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(published).toEqual([1, 2]);
  });
});
