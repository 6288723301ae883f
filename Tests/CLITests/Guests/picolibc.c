#include <stdio.h>
#include <string.h>
#include <stdlib.h>
int main(void){ char name[20]; int n; double d; printf("hello %d %s %.3f\n", 42, "picolibc", 1.5); if (scanf("%19s %d %lf", name, &n, &d)==3) printf("%s %d %.2f\n", name, n, d*2); char *p=malloc(100); strcpy(p,"heap"); puts(p); return 7; }
