import { bindAddress, createPodAddresses, isPodAddress } from './addresses';

describe('createPodAddresses', () => {
  it('gives each pod an address of its node and keeps it', () => {
    const addresses = createPodAddresses();
    expect(addresses.allocate('a', 1)).toBe('10.244.1.2');
    expect(addresses.allocate('b', 1)).toBe('10.244.1.3');
    expect(addresses.allocate('c', 2)).toBe('10.244.2.2');
    expect(addresses.allocate('a', 1)).toBe('10.244.1.2');
  });

  it('gives back what a pod had before, unless another has it', () => {
    const addresses = createPodAddresses();
    expect(addresses.allocate('a', 1, '10.244.1.2')).toBe('10.244.1.2');
    expect(addresses.allocate('b', 1, '10.244.1.2')).toBe('10.244.1.3');
    expect(addresses.allocate('c', 1, '10.0.1.11')).toBe('10.244.1.4');
  });

  it('uses a released address again only after all others', () => {
    const addresses = createPodAddresses();
    addresses.allocate('a', 1);
    addresses.release('a');
    expect(addresses.allocate('b', 1)).toBe('10.244.1.3');
    for (let i = 0; i < 251; i += 1) {
      addresses.allocate(`x${i}`, 1);
    }
    expect(addresses.allocate('last', 1)).toBe('10.244.1.2');
    expect(() => addresses.allocate('more', 1)).toThrow(
      'no pod address left on node 1',
    );
  });
});

describe('bindAddress', () => {
  it('keeps clusters on one machine apart', () => {
    expect(bindAddress('10.244.1.2', 0)).toBe('127.244.1.2');
    expect(bindAddress('10.244.1.2', 7)).toBe('127.251.1.2');
  });

  it.each([
    ['10.244.1.2', true],
    ['10.244.1.256', false],
    ['10.245.1.2', false],
    ['10.244.1', false],
  ])('%s is a pod address: %s', (address, expected) => {
    expect(isPodAddress(address)).toBe(expected);
  });
});
