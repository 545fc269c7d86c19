// Each test starts a backend; on a busy machine that takes seconds, and nothing here is about time.
jest.setTimeout(60_000);
