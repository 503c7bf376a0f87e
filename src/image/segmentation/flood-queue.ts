/** A pixel that waits to be flooded. */
export interface Flood {
  readonly value: number;
  /** When it came; markers are of age 0. */
  readonly age: number;
  readonly pixel: number;
  /** The marker's pixel that it was reached from. */
  readonly source: number;
}

/**
 * A binary heap by value, then age. Markers of one value come out as its swaps leave them, which is part of the definition of
 * `segmentation.watershed`.
 */
export class FloodQueue {
  readonly #heap: Flood[] = [];

  get length(): number {
    return this.#heap.length;
  }

  push(flood: Flood): void {
    const heap = this.#heap;
    let child = heap.push(flood) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(heap[child]!, heap[parent]!)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  pop(): Flood | undefined {
    const heap = this.#heap;
    if (heap.length === 0) return undefined;
    this.#swap(0, heap.length - 1);
    const first = heap.pop();
    for (let parent = 0; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      let least = parent;
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
      if (least === parent) return first;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  }
}

function before(a: Flood, b: Flood): boolean {
  return a.value === b.value ? a.age < b.age : a.value < b.value;
}
