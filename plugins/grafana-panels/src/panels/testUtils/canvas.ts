/** jsdom draws nothing: a canvas that takes every call and measures text, so that plots can be built. */
export function installCanvas(): void {
  const context = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (target, key: string) =>
        target[key] ?? (() => ({ width: 10, addColorStop: () => undefined })),
      set: (target, key: string, value) => {
        target[key] = value;
        return true;
      },
    },
  );
  HTMLCanvasElement.prototype.getContext = (() =>
    context) as unknown as typeof HTMLCanvasElement.prototype.getContext;
  class Path {
    rect = () => undefined;
    moveTo = () => undefined;
    lineTo = () => undefined;
    arc = () => undefined;
    bezierCurveTo = () => undefined;
    closePath = () => undefined;
    addPath = () => undefined;
  }
  Object.assign(globalThis, { Path2D: Path });
}
