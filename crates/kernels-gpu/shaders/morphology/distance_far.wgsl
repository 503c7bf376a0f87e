// Rows to what a column does not have.
const NOWHERE: u32 = 0xffffffffu;
// A square of distance beyond all others, to which none of them adds a bit.
const FAR: f32 = 3.0e38;
