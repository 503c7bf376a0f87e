import { type Backend, type BackendSystem, createBackendSystem, registerConverter } from "../../src/index.ts";

/** A point in main memory, a library's own type. */
export class Point {
  static {
    Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "geometry:Point" });
  }
  readonly x: number;
  constructor(x: number) {
    this.x = x;
  }
}

/** The same on some device. */
export class DevicePoint {
  static {
    Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "geometry:DevicePoint" });
  }
  readonly x: number;
  constructor(x: number) {
    this.x = x;
  }
}

export interface Options {
  by?: number;
  backend?: string;
}

let count = 0;

/** A small library with backends `default` (Point), `fast` (Point, first) and `device` (DevicePoint; Point). */
export function geometry(): {
  system: BackendSystem;
  fast: Backend;
  device: Backend;
  shift: (point: Point | DevicePoint, options?: Options) => Point | DevicePoint;
  who: (point: unknown, options?: Options) => string;
} {
  const system = createBackendSystem({ name: `geometry-${count++}`, defaultTypes: ["geometry:Point"] });
  const shift = system.dispatchable(
    "shift",
    { on: [0] },
    function shift(point: Point | DevicePoint, { by = 1 }: Options = {}): Point | DevicePoint {
      return new Point(point.x + by);
    },
  );
  const who = system.dispatchable("who", { on: [0] }, function who(_point: unknown, _options?: Options): string {
    return "default";
  });
  const fast = system.registerBackend({ name: "fast", primary: ["geometry:Point"], higherPriorityThan: ["default"] });
  fast.implement(shift, (point, { by = 1 } = {}) => new Point(point.x + by));
  const device = system.registerBackend({
    name: "device",
    primary: ["geometry:DevicePoint"],
    secondary: ["geometry:Point"],
  });
  device.implement(shift, (point, { by = 1 } = {}) => new DevicePoint(point.x + by));
  device.implement(who, () => "device");
  registerConverter<Point, DevicePoint>({
    from: "geometry:Point",
    to: "geometry:DevicePoint",
    convert: ({ x }) => new DevicePoint(x),
    bytes: () => 8,
  });
  registerConverter<DevicePoint, Point>({
    from: "geometry:DevicePoint",
    to: "geometry:Point",
    convert: ({ x }) => new Point(x),
    bytes: () => 8,
  });
  return { system, fast, device, shift, who };
}
