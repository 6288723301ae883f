#define R(a) (*(volatile unsigned *)(a))

volatile unsigned v;

int main(void) {
  v = 1;
  __asm__ volatile("ebreak");
  v = 2;
  __asm__ volatile("c.ebreak");
  v = 3;
  R(0x40010008) = 1;
  R(0x40010008) = 1;
  *(volatile unsigned char *)0x10000000 = 'x';
  return 0;
}
